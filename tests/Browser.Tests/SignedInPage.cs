using System.Text.Json;
using Microsoft.Playwright;

namespace ThreeOneOne.Field.Browser.Tests;

/// <summary>What a signed-in person does by the hub's API, with the rights of that person.</summary>
public static class SignedInPage
{
    private const string Send = """
        async ([path, method, body]) => {
          const answer = await fetch(path, { method, headers: { 'content-type': 'application/json' }, body });
          return `${answer.status} ${await answer.text()}`;
        }
        """;

    /// <returns>The answer; undefined where there is none.</returns>
    /// <exception cref="InvalidOperationException">The hub refused it.</exception>
    public static async Task<JsonElement> PostAsync(this IPage page, string path, object body, string method = "POST")
    {
        var answer = await page.EvaluateAsync<string>(Send, new[] { path, method, JsonSerializer.Serialize(body) });
        var (status, text) = (answer[..3], answer[4..]);
        if (status[0] != '2') throw new InvalidOperationException($"{method} {path}: {answer}");
        return text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text);
    }
}
