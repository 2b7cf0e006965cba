namespace ThreeOneOne.Field.Hub.Desks;

public static class DesksSetup
{
    public static void MapDesks(this IEndpointRouteBuilder routes)
    {
        ReadDesks.Map(routes);
        KeepDesk.Map(routes);
    }
}
