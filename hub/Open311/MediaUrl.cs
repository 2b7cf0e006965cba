using ThreeOneOne.Field.Hub.Attachments;
using ThreeOneOne.Field.Hub.Tickets;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Open311;

/// <summary>Addresses of public pictures: below the endpoint, by the line of the history that shows them. Never by a file's hash, which other places know, too.</summary>
internal static class MediaUrl
{
    public const string Resource = "media";

    public static bool IsPicture(string? type) => type is not null && CleanPicture.Types.Contains(type);

    public static string? Of(string? endpoint, PublicMedia? media) => endpoint is null || media is null ? null : $"{endpoint}/{Resource}/{media.Id}.{Ending(media.Type)}";

    public static string? Of(string? endpoint, PublicUpdate update) =>
        update.File is not null && IsPicture(update.FileType) ? Of(endpoint, new PublicMedia(update.Id, update.FileType!)) : null;

    public static string Ending(string type) => type switch { AttachmentType.Jpeg => "jpg", AttachmentType.Png => "png", _ => "webp" };
}
