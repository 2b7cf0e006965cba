using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ThreeOneOne.Field.Hub.Web;

/// <summary><c>field-hub openapi FILE</c>: writes the API's document, from the program itself, without a hub that runs.</summary>
public static class OpenApiCommand
{
    private const int Wrong = 2;

    public static async Task<int> RunAsync(string[] args)
    {
        if (args is not [var file] || file.StartsWith('-'))
        {
            await Console.Error.WriteLineAsync("field-hub openapi FILE: writes the API's OpenAPI document").ConfigureAwait(false);
            return Wrong;
        }

        var folder = Directory.CreateTempSubdirectory("field-openapi-").FullName;
        try
        {
            var settings = new HubSettings { Hub = new HubOptions { Port = 0 } };
            settings.Storage.Folder = folder;
            await using var app = HubApplication.Build(settings, services =>
            {
                // It is asked once: nothing needs to work in the background.
                services.RemoveAll<IHostedService>();
                services.RemoveAll<ILoggerProvider>();
            });
            await app.StartAsync().ConfigureAwait(false);
            using var client = new HttpClient();
            var text = await client.GetStringAsync(new Uri(app.Urls.First() + ApiDocument.Path)).ConfigureAwait(false);
            await File.WriteAllTextAsync(file, text.ReplaceLineEndings("\n").TrimEnd() + "\n").ConfigureAwait(false);
            await app.StopAsync().ConfigureAwait(false);
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
