using System.Net;
using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Tests.Storage;

namespace ThreeOneOne.Field.Hub.Tests.Access;

public sealed class CommandTests
{
    [Fact]
    public async Task A_key_made_beside_a_running_hub_works_until_it_is_revoked_the_same_way()
    {
        await using var hub = await AccessHost.StartAsync();
        var (code, key, words) = await RunAsync(hub, "keys", "create", "--name", "asset system", "--role=integration", "--days", "30");
        Assert.Equal(0, code);
        Assert.DoesNotContain(key, words, StringComparison.Ordinal);
        using var program = hub.WithKey(key);
        Assert.Equal(HttpStatusCode.OK, (await program.FetchAsync("/api/me")).StatusCode);

        Assert.Contains("good\tused", (await RunAsync(hub, "keys", "list")).Output, StringComparison.Ordinal);
        Assert.Equal(0, (await RunAsync(hub, "keys", "revoke", key.Split('_')[1])).Code);
        Assert.Equal(HttpStatusCode.Unauthorized, (await program.FetchAsync("/api/me")).StatusCode);
        Assert.Equal(1, (await RunAsync(hub, "keys", "revoke", key.Split('_')[1])).Code);
    }

    [Fact]
    public async Task An_invitation_prints_a_link_that_works()
    {
        await using var hub = await AccessHost.StartAsync();
        var (code, link, _) = await RunAsync(hub, "people", "invite", "--name", "Dee", "--role", "dispatcher", "--minutes", "5");
        Assert.Equal(0, code);
        Assert.StartsWith("http://localhost:5311/sign-in#", link, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await hub.Browser().PostJsonAsync("/api/session/link", new { token = link.Split('#')[1] })).StatusCode);
        Assert.Contains("Dee", (await RunAsync(hub, "people", "list")).Output, StringComparison.Ordinal);
        Assert.Equal("The audit log is whole.", (await RunAsync(hub, "audit", "check")).Output);
    }

    [Theory]
    [InlineData("keys create --name x --role king", "--role: Give one of the roles")]
    [InlineData("keys create --role crew", "--name: ")]
    [InlineData("keys create --name x --role crew --days soon", "field-hub keys create")]
    [InlineData("keys create --name", "field-hub keys create")]
    [InlineData("keys forge", "field-hub keys create")]
    [InlineData("people invite --name Dee --role dispatcher --minutes 2000000000", "--minutes: Give 1 minute to 14 days")]
    public async Task What_cannot_be_done_is_said_in_words_with_exit_code_2(string line, string expected)
    {
        await using var hub = await AccessHost.StartAsync();
        var (code, output, words) = await RunAsync(hub, line.Split(' '));
        Assert.Equal(2, code);
        Assert.Empty(output);
        Assert.Contains(expected, words, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Store", "Sqlite")]
    public async Task A_database_that_cannot_be_used_is_one_sentence()
    {
        var folder = Directory.CreateTempSubdirectory("field-command-").FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "hub.db"), string.Concat(Enumerable.Repeat("no database ", 500)));
        using var words = new StringWriter();
        var context = new CommandContext(new StorageOptions { Folder = folder }, new AccessOptions(), "http://localhost:5311");
        Assert.Equal(1, await AccessCommand.RunAsync(["keys", "list"], _ => context, TextWriter.Null, words));
        Assert.Contains(folder, Assert.Single(words.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void Settings_are_kept_apart_from_the_commands_own_words()
    {
        var parsed = CommandArguments.Parse(["keys", "--config", "a.json", "create", "--name", "x", "--Storage:Folder=/data"], "name")!;
        Assert.Equal(["keys", "create"], parsed.Words);
        Assert.Equal(["--config", "a.json", "--Storage:Folder=/data"], parsed.Settings);
        Assert.Equal("x", parsed.Text("name"));
    }

    private static async Task<(int Code, string Output, string Words)> RunAsync(AccessHost hub, params string[] args)
    {
        using var output = new StringWriter();
        using var words = new StringWriter();
        var context = new CommandContext(TestStorage.Options(hub.Database.Folder), new AccessOptions(), "http://localhost:5311");
        var code = await AccessCommand.RunAsync(args, _ => context, output, words);
        return (code, output.ToString().TrimEnd(), words.ToString());
    }
}
