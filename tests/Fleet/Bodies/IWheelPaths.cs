namespace ThreeOneOne.Field.Fleet.Bodies;

/// <summary>The road under the wheels of both sides.</summary>
public interface IWheelPaths
{
    /// <param name="alongM">Along the way, metres.</param>
    /// <param name="right">Under which side's wheels.</param>
    /// <returns>Height in metres.</returns>
    double Height(double alongM, bool right);
}
