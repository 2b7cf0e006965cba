using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Azure;

/// <summary>An inbox for each of the hub's readers, so that no record waits behind a photo here either.</summary>
internal sealed class Inboxes(AzureOptions options)
{
    private readonly Inbox records = new(options.QueueBytes);
    private readonly Inbox newest = new(options.QueueBytes);
    private readonly Inbox files = new(options.QueueBytes);

    /// <returns>Null: no lane towards the hub.</returns>
    public Inbox? Of(Lane lane) => lane switch
    {
        Lane.Up => records,
        Lane.Live or Lane.Status => newest,
        Lane.File => files,
        _ => null,
    };

    /// <summary>The inbox of a reader by what it subscribes; null when vehicles send nothing there.</summary>
    public Inbox? Of(IReadOnlyList<string> topics) =>
        topics.Contains(Topic.AllUp) ? records : topics.Contains(Topic.AllLive) || topics.Contains(Topic.AllStatus) ? newest : topics.Contains(Topic.AllFiles) ? files : null;
}
