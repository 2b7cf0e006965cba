namespace ThreeOneOne.Field.Hub.Enrolment;

/// <summary>Where a newly enrolled vehicle is told to connect. Filled by the broker when it knows its port.</summary>
public sealed class BrokerPlace
{
    private volatile Address? current;

    /// <summary>Null until the broker listens.</summary>
    public Address? Current
    {
        get => current;
        set => current = value;
    }

    public sealed record Address(string Host, int Port);
}
