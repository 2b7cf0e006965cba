using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Tests.Access;

namespace ThreeOneOne.Field.Hub.Tests.Storage;

public sealed class ReactionTests : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("field-db-").FullName;
    private readonly TestClock clock = new();
    private readonly Writing reaction = new();
    private Database database = null!;
    private ReactionCatalogue catalogue = null!;

    public async Task InitializeAsync()
    {
        (database, catalogue) = Open();
        await database.WriteAsync(s => s.Execute("CREATE TABLE t (at INTEGER NOT NULL, n INTEGER NOT NULL)"), WritePriority.Interactive, default);
    }

    public async Task DisposeAsync()
    {
        await database.DisposeAsync();
        catalogue.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task An_event_takes_effect_once_also_when_two_runners_see_it()
    {
        for (var n = 1; n <= 250; n++) await RaiseAsync(n);
        var runners = Enumerable.Range(0, 3).Select(_ => Task.Run(async () =>
        {
            using var runner = Runner();
            while (await runner.RunDueAsync(reaction, default))
            {
                // Until nothing is due.
            }
        }));
        await Task.WhenAll(runners);
        Assert.Equal(Enumerable.Range(1, 250).Select(n => (long)n), (await RowsAsync()).Order());
    }

    [Fact]
    public async Task An_event_survives_a_restart_before_its_reaction_ran()
    {
        await RaiseAsync(5);
        await database.DisposeAsync();
        (database, catalogue) = Open();
        using var runner = Runner();
        Assert.True(await runner.RunDueAsync(reaction, default));
        Assert.Equal([5L], await RowsAsync());
    }

    [Fact]
    public async Task A_reaction_that_fails_is_rolled_back_tried_again_later_and_holds_up_no_other_event()
    {
        reaction.FailsOn = 2;
        for (var n = 1; n <= 3; n++) await RaiseAsync(n);
        using var runner = Runner();
        await runner.RunDueAsync(reaction, default);
        Assert.Equal([1L, 3L], await RowsAsync());
        Assert.False(await runner.RunDueAsync(reaction, default));
        reaction.FailsOn = null;
        clock.Advance(TimeSpan.FromSeconds(2));
        Assert.True(await runner.RunDueAsync(reaction, default));
        Assert.Equal([1L, 3L, 2L], await RowsAsync());
        Assert.Equal(0, await database.ReadAsync(c => c.QuerySingle<long>("SELECT COUNT(*) FROM event_pending"), default));
    }

    [Fact]
    public async Task A_transaction_that_is_rolled_back_raises_nothing()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => database.WriteAsync(s =>
        {
            s.Raise(new Numbered(1));
            throw new InvalidOperationException("no");
        }, WritePriority.Interactive, default));
        using var runner = Runner();
        Assert.False(await runner.RunDueAsync(reaction, default));
    }

    private (Database, ReactionCatalogue) Open()
    {
        var reactions = new ReactionCatalogue([new ReactionEntry(Writing.StableName, typeof(Numbered))]);
        return (new Database(TestStorage.Options(folder), reactions, [], clock), reactions);
    }

    private ReactionRunner Runner() => new(database, catalogue, [reaction], new DiskRoom(clock, NullLogger<DiskRoom>.Instance), clock, NullLogger<ReactionRunner>.Instance);

    private Task RaiseAsync(int n) => database.WriteAsync(s => s.Raise(new Numbered(n)), WritePriority.Interactive, default);

    private Task<List<long>> RowsAsync() => database.ReadAsync(c => c.Query<long>("SELECT n FROM t ORDER BY at").ToList(), default);

    public sealed record Numbered(int N);

    private sealed class Writing : Reaction<Numbered>
    {
        public const string StableName = "tests.writing";

        public int? FailsOn { get; set; }

        public override string Name => StableName;

        protected override void React(WriteScope scope, Numbered hubEvent)
        {
            scope.Execute("INSERT INTO t SELECT COUNT(*), @N FROM t", hubEvent);
            if (hubEvent.N == FailsOn) throw new InvalidOperationException("fails on purpose");
        }
    }
}
