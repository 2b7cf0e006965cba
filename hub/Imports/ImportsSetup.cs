namespace ThreeOneOne.Field.Hub.Imports;

public static class ImportsSetup
{
    public static void MapImports(this IEndpointRouteBuilder routes) => ReadImports.Map(routes);
}
