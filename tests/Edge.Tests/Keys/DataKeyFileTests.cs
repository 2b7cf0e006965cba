using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using ThreeOneOne.Field.Agent.Keys;
using ThreeOneOne.Field.Agent.Outbox;
using ThreeOneOne.Field.Agent.Sealing;

namespace ThreeOneOne.Field.Edge.Tests.Keys;

public sealed class DataKeyFileTests : IDisposable
{
    private const UnixFileMode Own = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Without_a_place_for_it_the_wrapping_key_is_made_beside_the_data_for_its_owner_only()
    {
        using var made = File().Open(NullLogger.Instance)!;
        using var again = File().Open(NullLogger.Instance)!;
        Assert.Equal(made.For("x"), again.For("x"));
        Assert.NotEqual(made.For("x"), made.For("y"));
        Assert.Equal(Own, System.IO.File.GetUnixFileMode(folder["data/data-key.json"]));
        Assert.Equal(Own, System.IO.File.GetUnixFileMode(folder["data/wrapping-key"]));
        Assert.False(made.IsOnly);
        File().NoteOnly(again);
        Assert.True(File().Open(NullLogger.Instance)!.IsOnly);
    }

    [Fact]
    public void A_credential_takes_over_from_the_key_beside_the_data()
    {
        using var made = File().Open(NullLogger.Instance)!;
        Directory.CreateDirectory(folder["credentials"]);
        System.IO.File.WriteAllBytes(Path.Combine(folder["credentials"], DataKeyFile.Credential), new byte[40]);
        using var moved = File(credentials: folder["credentials"]).Open(NullLogger.Instance)!;
        Assert.Equal(made.For("x"), moved.For("x"));
        Assert.False(System.IO.File.Exists(folder["data/wrapping-key"]));
        var error = Assert.Throws<IOException>(() => File().Open(NullLogger.Instance));
        Assert.Contains("systemd credential field-agent.data-key) is missing", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_file_must_be_there_be_long_enough_and_be_its_owners()
    {
        var options = new SealingOptions { KeyFile = folder["key"] };
        Assert.Contains("no such file", Assert.Throws<IOException>(() => File(options).Open(NullLogger.Instance)).Message, StringComparison.Ordinal);
        System.IO.File.WriteAllBytes(folder["key"], new byte[32]);
        System.IO.File.SetUnixFileMode(folder["key"], Own | UnixFileMode.GroupRead);
        Assert.Contains("chmod 0600", Assert.Throws<IOException>(() => File(options).Open(NullLogger.Instance)).Message, StringComparison.Ordinal);
        System.IO.File.SetUnixFileMode(folder["key"], Own);
        using var key = File(options).Open(NullLogger.Instance)!;
        System.IO.File.WriteAllBytes(folder["key"], [1, .. new byte[31]]);
        Assert.Contains("is another one", Assert.Throws<IOException>(() => File(options).Open(NullLogger.Instance)).Message, StringComparison.Ordinal);
        System.IO.File.WriteAllBytes(folder["key"], new byte[31]);
        Assert.Contains("is no key", Assert.Throws<IOException>(() => File(options).Open(NullLogger.Instance)).Message, StringComparison.Ordinal);
        Assert.False(System.IO.File.Exists(folder["data/wrapping-key"]));
    }

    [Fact]
    public void Off_makes_no_key_and_keeps_one_that_is_there()
    {
        var off = new SealingOptions { Enabled = false };
        Assert.Null(File(off).Open(NullLogger.Instance));
        Assert.Null(File(off).Read());
        using var made = File().Open(NullLogger.Instance)!;
        using var kept = File(off).Open(NullLogger.Instance)!;
        Assert.Equal(made.For("x"), kept.For("x"));
    }

    [Fact]
    public void Nobody_turns_back_that_everything_is_encrypted()
    {
        using var key = File().Open(NullLogger.Instance)!;
        File().NoteOnly(key);
        var path = folder["data/data-key.json"];
        System.IO.File.WriteAllText(path, System.IO.File.ReadAllText(path).Replace("\"only\":true", "\"only\":false", StringComparison.Ordinal));
        Assert.Throws<IOException>(() => File().Open(NullLogger.Instance));
    }

    [Fact]
    public void Destroying_it_leaves_neither_half()
    {
        using var key = File().Open(NullLogger.Instance)!;
        var state = new StateFile(folder["data/shift.json"], key);
        state.Replace("crew-1"u8);
        System.IO.File.WriteAllText(folder["data/wrapping-key.new"], "left by a power cut");
        foreach (var file in File().Files.Concat(File().Files)) Agent.Care.Leftovers.Erase(file);
        Assert.Equal(["shift.json"], Directory.GetFiles(folder["data"]).Select(Path.GetFileName));
    }

    [Fact]
    public void A_state_file_is_unreadable_tied_to_its_name_and_from_before_the_key_only_once()
    {
        using var key = new DataKey(new byte[DataKey.Bytes]);
        var state = new StateFile(folder["shift.json"], key);
        state.Replace("crew-1"u8);
        Assert.Equal("crew-1", Encoding.UTF8.GetString(state.Read()!));
        Assert.True(System.IO.File.ReadAllBytes(folder["shift.json"]).AsSpan().IndexOf("crew"u8) < 0);
        System.IO.File.Copy(folder["shift.json"], folder["orders.json"]);
        Assert.Null(new StateFile(folder["orders.json"], key).Read());
        Assert.Null(new StateFile(folder["shift.json"]).Read());
        System.IO.File.WriteAllText(folder["shift.json"], "{}");
        Assert.Null(state.Read());
        using var fresh = new DataKey(new byte[DataKey.Bytes], isOnly: false);
        var old = new StateFile(folder["shift.json"], fresh);
        Assert.Equal("{}", Encoding.UTF8.GetString(old.Read()!));
        old.SealNow();
        Assert.Equal("{}", Encoding.UTF8.GetString(state.Read()!));
    }

    private DataKeyFile File(SealingOptions? options = null, string? credentials = null) => new(folder["data"], options ?? new SealingOptions(), credentials);
}
