using ThreeOneOne.Field.Hub.Ingest;

namespace ThreeOneOne.Field.Hub.Receipts;

public static class ReceiptsSetup
{
    public static IServiceCollection AddReceipts(this IServiceCollection services) => 
        services.AddSingleton<ImportOutbox>().AddSingleton<ShiftReceipts>().AddProjection<ProjectReceipts>();

    public static void MapReceipts(this IEndpointRouteBuilder routes)
    {
        ReadGaps.Map(routes);
        ReadShiftReceipt.Map(routes);
        ReadUnsent.Map(routes);
        ImportOutbox.Map(routes);
    }
}
