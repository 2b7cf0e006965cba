using System.Net;
using System.Text;

namespace ThreeOneOne.Field.Hub.Tests.CitySystem;

/// <summary>A server that answers as a test says, and remembers what it was asked.</summary>
internal sealed class Scripted(Func<HttpRequestMessage, HttpResponseMessage> answer) : HttpMessageHandler
{
    public List<(string Method, Uri Address, string Body, string? Authorization)> Calls { get; } = [];

    public static HttpResponseMessage Answer(int status, string body, string type = "application/json", Action<HttpResponseMessage>? more = null)
    {
        var response = new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(body, Encoding.UTF8, type) };
        more?.Invoke(response);
        return response;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Calls.Add((request.Method.Method, request.RequestUri!, request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken), request.Headers.Authorization?.ToString()));
        return answer(request);
    }
}
