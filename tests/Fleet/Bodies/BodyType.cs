namespace ThreeOneOne.Field.Fleet.Bodies;

public enum BodyType
{
    Compact,
    Van,
    Pickup,
    Truck,
}
