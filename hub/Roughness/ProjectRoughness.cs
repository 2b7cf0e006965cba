using ThreeOneOne.Field.Hub.Ingest;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Roughness;

/// <summary>Adds each new stretch to its vehicle's month on the pieces that it was driven on.</summary>
public sealed class ProjectRoughness(PieceMap pieces) : IProjection
{
    public void Apply(WriteScope scope, IReadOnlyList<StoredRecord> records)
    {
        SortedDictionary<(int Month, Piece Piece, string Vehicle), PieceSums>? found = null;
        foreach (var stored in records)
        {
            if (stored.Record.Roughness is not { } stretch) continue;
            var at = stored.Record.Stamp.Effective;
            foreach (var (piece, sums) in pieces.Of(stretch, at))
            {
                found ??= new(Comparer<(int Month, Piece Piece, string Vehicle)>.Create((a, b) =>
                    a.Month.CompareTo(b.Month) is var month and not 0 ? month
                    : a.Piece.CompareTo(b.Piece) is var place and not 0 ? place
                    : string.CompareOrdinal(a.Vehicle, b.Vehicle)));
                var key = (VehiclePiece.MonthOf(at), piece, stored.Vehicle);
                found[key] = found.GetValueOrDefault(key) + sums;
            }
        }

        if (found is null) return;
        foreach (var ((month, piece, vehicle), sums) in found) RoughnessStore.Add(scope, month, piece, vehicle, sums);
    }
}
