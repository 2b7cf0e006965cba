using ThreeOneOne.Field.Hub.Vehicles;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Hub.Ingest;

/// <summary>Tells vehicles what is committed or kept aside, one message for each (vehicle, epoch) of a batch.</summary>
public sealed class Acknowledgements(Downlink downlink)
{
    public async Task SendAsync(IReadOnlyList<Incoming> records, CancellationToken cancel)
    {
        foreach (var (vehicle, ack) in Build(records))
            await downlink.SendAsync(vehicle, Lane.Ack, WireCodec.Encode(ack, WireJson.Default.Ack), cancel).ConfigureAwait(false);
    }

    internal static IEnumerable<(string Vehicle, Ack Ack)> Build(IReadOnlyList<Incoming> records) =>
        records.GroupBy(r => (Vehicle: r.Vehicle.Id, r.Epoch)).Select(group =>
        {
            var ranges = new SeqRanges();
            foreach (var incoming in group) ranges.Add(incoming.Seq);
            var aside = group.Where(r => r.Reason is not null).Select(r => new AsideNotice(r.Seq, r.Reason!)).ToArray();
            return (group.Key.Vehicle, new Ack
            {
                Epoch = group.Key.Epoch,
                Ranges = [.. ranges.All.Select(r => new[] { r.First, r.Last })],
                Aside = aside.Length == 0 ? null : aside,
            });
        });
}
