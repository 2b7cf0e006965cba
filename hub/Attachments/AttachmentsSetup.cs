using ThreeOneOne.Field.Hub.Ingest;

namespace ThreeOneOne.Field.Hub.Attachments;

public static class AttachmentsSetup
{
    /// <summary>What is kept, and what actions name. Without the lane: see <see cref="AddFileLane"/>.</summary>
    public static IServiceCollection AddAttachments(this IServiceCollection services, AttachmentsOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<AttachmentStore>();
        services.AddSingleton<AttachmentFiles>();
        services.AddSingleton<AttachmentList>();
        services.AddSingleton<JpegReencoder>();
        services.AddSingleton<ShownPicture>();
        services.AddSingleton<FileRetention>();
        services.AddHostedService(p => p.GetRequiredService<FileRetention>());
        services.AddSingleton<KeepFile>();
        services.AddProjection<ProjectAttachments>();
        return services;
    }

    /// <summary>After the broker and the downlink.</summary>
    public static IServiceCollection AddFileLane(this IServiceCollection services)
    {
        services.AddSingleton<TakePiece>();
        services.AddHostedService<FileLane>();
        return services;
    }

    public static void MapAttachments(this IEndpointRouteBuilder routes)
    {
        ReadAttachment.Map(routes);
        ReadOriginal.Map(routes);
    }
}
