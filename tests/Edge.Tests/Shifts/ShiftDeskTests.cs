using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging.Abstractions;
using ThreeOneOne.Field.Agent;
using ThreeOneOne.Field.Agent.Clock;
using ThreeOneOne.Field.Agent.Outbox;
using ThreeOneOne.Field.Agent.Shifts;
using ThreeOneOne.Field.Edge.Tests.Outbox;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Edge.Tests.Shifts;

/// <summary>Signing on and off while the disk fails: what is said to be saved is saved, and one shift stays one shift.</summary>
[SuppressMessage("Design", "CA1001", Justification = "xunit disposes by IAsyncLifetime.")]
public sealed class ShiftDeskTests : IAsyncLifetime
{
    private readonly TemporaryFolder folder = new();
    private readonly DeviceClock clock = new(TimeProvider.System);
    private DiskOutbox outbox = null!;
    private ShiftGate gate = null!;
    private ShiftDesk desk = null!;

    public async Task InitializeAsync()
    {
        Directory.CreateDirectory(folder["state"]);
        Open();
        // The first file is made with the outbox; now each group needs another one.
        await outbox.AppendDurableAsync(Drafts.Health(), RecordPriority.Bulk, default);
    }

    public async Task DisposeAsync()
    {
        desk.Dispose();
        await outbox.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task A_sign_on_that_is_pressed_again_is_one_shift()
    {
        Break();
        await Assert.ThrowsAsync<OutboxException>(async () => await ChangeAsync(ShiftState.On));
        Assert.Null(gate.Shift);
        await Assert.ThrowsAsync<OutboxException>(async () => await ChangeAsync(ShiftState.On));
        Mend();
        Assert.NotNull(await ChangeAsync(ShiftState.On));
        Assert.Equal(gate.Shift!.Id, Assert.Single(Changes()).Shift);
    }

    [Fact]
    public async Task A_sign_off_that_is_pressed_again_says_saved_only_when_it_is()
    {
        await ChangeAsync(ShiftState.On);
        Break();
        await Assert.ThrowsAsync<OutboxException>(async () => await ChangeAsync(ShiftState.Off));
        Assert.Null(gate.Shift);
        await Assert.ThrowsAsync<OutboxException>(async () => await ChangeAsync(ShiftState.Off));
        Mend();
        Assert.NotNull(await ChangeAsync(ShiftState.Off));
        Assert.Equal([ShiftState.On, ShiftState.Off], Changes().Select(c => c.State));
    }

    [Fact]
    public async Task Another_wish_after_a_failed_sign_on_ends_the_shift_that_was_begun()
    {
        Break();
        await Assert.ThrowsAsync<OutboxException>(async () => await ChangeAsync(ShiftState.On));
        Mend();
        await desk.ChangeAsync(ShiftState.On, "crew-2", null, default);
        Assert.Equal([("crew-1", ShiftState.On), ("crew-1", ShiftState.Off), ("crew-2", ShiftState.On)], Changes().Select(c => (c.Crew, c.State)));
        Assert.Equal("crew-2", gate.Shift!.Crew);
    }

    [Fact]
    public async Task A_sign_off_whose_file_cannot_be_written_is_recorded_all_the_same_and_not_called_saved()
    {
        await ChangeAsync(ShiftState.On);
        Directory.Move(folder["state"], folder["state-away"]);
        await Assert.ThrowsAsync<OutboxException>(async () => await ChangeAsync(ShiftState.Off));
        Assert.Null(gate.Shift);
        Directory.Move(folder["state-away"], folder["state"]);
        await ChangeAsync(ShiftState.Off);
        Assert.Equal([ShiftState.On, ShiftState.Off], Changes().Select(c => c.State));
        await ReopenAsync();
        Assert.Null(gate.Shift);
        Assert.Equal(2, Changes().Count);
    }

    [Fact]
    public async Task A_power_cut_between_the_end_of_a_shift_and_its_record_loses_neither()
    {
        await ChangeAsync(ShiftState.On);
        var shift = gate.Shift!.Id;
        Break();
        await Assert.ThrowsAsync<OutboxException>(async () => await ChangeAsync(ShiftState.Off));
        desk.Dispose();
        await outbox.DisposeAsync();
        Mend();
        Open();
        Assert.Null(gate.Shift);
        await outbox.FlushAsync(default);
        Assert.Equal([(shift, ShiftState.On), (shift, ShiftState.Off)], Changes().Select(c => (c.Shift, c.State)));
    }

    [Fact]
    public async Task A_sign_off_says_how_many_actions_it_leaves_and_where_the_chain_stands()
    {
        await outbox.AppendDurableAsync(Drafts.Action("of-another-shift"), RecordPriority.Action, default);
        await ChangeAsync(ShiftState.On);
        var shift = gate.Shift!.Id;
        for (var i = 0; i < 3; i++) await outbox.AppendDurableAsync(Drafts.Action($"a{i}"), RecordPriority.Action, default);
        await ReopenAsync();
        var head = Assert.Single(outbox.Chains);
        await ChangeAsync(ShiftState.Off);
        var receipt = Changes()[^1].Receipt!;
        Assert.Equal((shift, 3), (receipt.Shift, receipt.Actions));
        Assert.Equal([head], receipt.Chains);
        Assert.Equal(5, head.Count);
        Assert.All(Changes()[..^1], c => Assert.Null(c.Receipt));
    }

    [Theory]
    [InlineData("Crew 1!", "m-7")]
    [InlineData("crew-1", "")]
    public async Task Ids_that_the_hub_cannot_have_are_refused(string crew, string member) =>
        await Assert.ThrowsAsync<ShiftRefusedException>(async () => await desk.ChangeAsync(ShiftState.On, crew, [member], default));

    private async Task<RecordId?> ChangeAsync(ShiftState state) =>
        await desk.ChangeAsync(state, "crew-1", null, default).AsTask().WaitAsync(TimeSpan.FromMinutes(1));

    private List<ShiftChange> Changes() => [.. outbox.Waiting(k => k == RecordKind.Shift).Select(w => w.Record.Shift!)];

    private void Open()
    {
        // Each group in a file of its own: without the folder there is no write.
        outbox = DiskOutbox.Open(folder["outbox"], new OutboxOptions { SegmentBytes = 1, GroupSeconds = 0.01 }, NullLogger.Instance);
        gate = new ShiftGate(VehicleKind.Crewed);
        desk = new ShiftDesk(gate, new StateFile(Path.Combine(folder["state"], "shift.json")), outbox, clock);
    }

    private async Task ReopenAsync()
    {
        desk.Dispose();
        await outbox.DisposeAsync();
        Open();
    }

    private void Break() => Directory.Move(Path.Combine(folder["outbox"], outbox.Epoch), folder["away"]);

    private void Mend() => Directory.Move(folder["away"], Path.Combine(folder["outbox"], outbox.Epoch));
}
