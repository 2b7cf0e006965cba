namespace ThreeOneOne.Field.Support;

/// <summary>Waits for a server that speaks HTTP.</summary>
internal static class HttpAnswer
{
    public static Task WaitAsync(HttpClient client, string url, ServerProcess process) =>
        Eventually.TrueAsync(
            async () =>
            {
                if (process.HasExited) throw new InvalidOperationException($"the server of {url} ended at once:\n{process.Output}");
                try
                {
                    using var response = await client.GetAsync(new Uri(url)).ConfigureAwait(false);
                    return response.IsSuccessStatusCode;
                }
                catch (HttpRequestException)
                {
                    return false;
                }
            },
            $"{url} answers");
}
