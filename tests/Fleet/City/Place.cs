namespace ThreeOneOne.Field.Fleet.City;

/// <summary>A place on the simulation's own plane: metres east and north of the city's origin.</summary>
public readonly record struct Place(double X, double Y)
{
    public double DistanceTo(Place other) => Math.Sqrt(DistanceSquaredTo(other));

    public double DistanceSquaredTo(Place other)
    {
        var dx = other.X - X;
        var dy = other.Y - Y;
        return dx * dx + dy * dy;
    }

    /// <summary>Direction to another place, radians counter-clockwise from east.</summary>
    public double AngleTo(Place other) => Math.Atan2(other.Y - Y, other.X - X);

    public Place Towards(Place other, double share) => new(X + (other.X - X) * share, Y + (other.Y - Y) * share);
}
