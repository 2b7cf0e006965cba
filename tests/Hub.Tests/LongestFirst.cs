using ThreeOneOne.Field.Hub.Tests.CitySystem;
using ThreeOneOne.Field.Hub.Tests.Sites;
using ThreeOneOne.Field.Hub.Tests.State;
using ThreeOneOne.Field.Hub.Tests.Storage;
using ThreeOneOne.Field.Hub.Tests.Web;
using ThreeOneOne.Field.Hub.Tests.WorkOrders;
using Xunit.Abstractions;

[assembly: TestCollectionOrderer("ThreeOneOne.Field.Hub.Tests.LongestFirst", "ThreeOneOne.Field.Hub.Tests")]

namespace ThreeOneOne.Field.Hub.Tests;

/// <summary>Starts the classes that take longest first, so that at the end no core waits for one of them.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly string[] Longest =
    [
        typeof(ExactlyOnceTests).FullName!, typeof(SiteOrderTests).FullName!, typeof(OneHoleTests).FullName!, typeof(StateOrderTests).FullName!, typeof(ApiDocumentTests).FullName!,
        typeof(RepairedTimeTests).FullName!, typeof(ListScanPostgresTests).FullName!, typeof(RepairPointTests).FullName!, typeof(RestoreCommandTests).FullName!,
    ];

    public IEnumerable<ITestCollection> OrderTestCollections(IEnumerable<ITestCollection> testCollections) =>
        testCollections.OrderBy(c => Array.FindIndex(Longest, l => c.DisplayName.EndsWith(l, StringComparison.Ordinal)) is >= 0 and var at ? at : Longest.Length);
}
