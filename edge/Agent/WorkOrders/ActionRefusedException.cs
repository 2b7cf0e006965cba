namespace ThreeOneOne.Field.Agent.WorkOrders;

/// <summary>An action cannot be taken; the message says why and <see cref="Remedy"/> what to do, for the crew.</summary>
public sealed class ActionRefusedException(string cause, string remedy) : Exception(cause)
{
    public string Remedy => remedy;
}
