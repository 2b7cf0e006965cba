using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;

namespace ThreeOneOne.Field.Agent.Motion;

/// <summary>
/// How a sensor sits in the vehicle: rows say what the vehicle's axes (forward, left, up) are of the sensor's, as the kernel's
/// mount matrices are written: <c>0, 1, 0; -1, 0, 0; 0, 0, 1</c>.
/// </summary>
internal sealed record MountMatrix(Vector3 Forward, Vector3 Left, Vector3 Up)
{
    public const string Rule = "nine numbers of a rotation, 'a, b, c; d, e, f; g, h, i'";

    private const float Tolerance = 0.02f;

    public static MountMatrix Upright { get; } = new(Vector3.UnitX, Vector3.UnitY, Vector3.UnitZ);

    /// <summary>Reads one; a matrix that is no rotation is none, for it would bend what is measured.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out MountMatrix? matrix)
    {
        matrix = null;
        var rows = text.Split(';').Select(Row).ToList();
        if (rows is not [{ } forward, { } left, { } up]) return false;
        var right = Vector3.Cross(forward, left) - up;
        if (Math.Abs(forward.Length() - 1) > Tolerance || Math.Abs(left.Length() - 1) > Tolerance || right.Length() > Tolerance) return false;
        matrix = new MountMatrix(forward, left, up);
        return true;
    }

    /// <summary>A measurement in the axes that the rows name.</summary>
    public Vector3 Turn(Vector3 measured) => new(Vector3.Dot(Forward, measured), Vector3.Dot(Left, measured), Vector3.Dot(Up, measured));

    private static Vector3? Row(string text)
    {
        var parts = text.Split(',');
        var numbers = new float[3];
        if (parts.Length != 3) return null;
        for (var i = 0; i < 3; i++)
        {
            if (!float.TryParse(parts[i], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[i]) || !float.IsFinite(numbers[i])) return null;
        }

        return new Vector3(numbers[0], numbers[1], numbers[2]);
    }
}
