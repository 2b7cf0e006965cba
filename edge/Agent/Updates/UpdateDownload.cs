using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using ThreeOneOne.Field.Wire;

namespace ThreeOneOne.Field.Agent.Updates;

/// <summary>Fetches an archive from the hub's door at a bounded rate; goes on where it was cut, also after a restart.</summary>
/// <param name="client">The door's.</param>
/// <param name="bytesPerSecond">The bound.</param>
/// <param name="time">Paces it.</param>
internal sealed class UpdateDownload(HttpClient client, int bytesPerSecond, TimeProvider time)
{
    private const int Piece = 16 * 1024;

    /// <summary>Longest time without a byte; the client's own limit ends with the headers.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Fills the file until it has the archive's size, then proves its hash.</summary>
    /// <exception cref="HttpRequestException">The door was cut, went silent, or has it not; what came is kept.</exception>
    /// <exception cref="UpdateRefusedException">What came is not what was signed; it is deleted.</exception>
    public async Task FetchAsync(UpdateManifest manifest, string part, CancellationToken stop)
    {
        await using var file = new FileStream(part, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        if (file.Length > manifest.Size) file.SetLength(0);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[Piece];
        for (int read; (read = await file.ReadAsync(buffer, stop).ConfigureAwait(false)) > 0;) hash.AppendData(buffer, 0, read);
        if (file.Length < manifest.Size) await FetchRestAsync(manifest, file, hash, buffer, stop).ConfigureAwait(false);
        file.Flush(flushToDisk: true);
        if (Convert.ToHexStringLower(hash.GetHashAndReset()) == manifest.Sha256) return;
        file.SetLength(0);
        throw new UpdateRefusedException("what came is not what was signed");
    }

    private async Task FetchRestAsync(UpdateManifest manifest, FileStream file, IncrementalHash hash, byte[] buffer, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"vehicle/v1/updates/{manifest.Sha256}", UriKind.Relative));
        if (file.Length > 0) request.Headers.Range = new RangeHeaderValue(file.Length, null);
        using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop).ConfigureAwait(false);
        answer.EnsureSuccessStatusCode();
        if (file.Length > 0 && (answer.StatusCode != HttpStatusCode.PartialContent || answer.Content.Headers.ContentRange?.From != file.Length))
            throw new HttpRequestException("the door does not go on where it was cut");
        await using var body = await answer.Content.ReadAsStreamAsync(stop).ConfigureAwait(false);
        var (started, came) = (time.GetTimestamp(), 0L);
        while (true)
        {
            var read = await ReadAsync(body, buffer, stop).ConfigureAwait(false);
            if (read == 0) break;
            if (file.Length + read > manifest.Size)
            {
                file.SetLength(0);
                throw new UpdateRefusedException("more came than was signed");
            }

            hash.AppendData(buffer, 0, read);
            await file.WriteAsync(buffer.AsMemory(0, read), stop).ConfigureAwait(false);
            came += read;
            var early = TimeSpan.FromSeconds((double)came / bytesPerSecond) - time.GetElapsedTime(started);
            if (early > TimeSpan.Zero) await Task.Delay(early, time, stop).ConfigureAwait(false);
        }

        if (file.Length < manifest.Size) throw new HttpRequestException("the door was cut");
    }

    private async Task<int> ReadAsync(Stream body, byte[] buffer, CancellationToken stop)
    {
        using var silence = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(silence.Token, stop);
        try
        {
            return await body.ReadAsync(buffer, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            throw new HttpRequestException($"the door sent nothing for {Patience.TotalSeconds:0} s");
        }
    }
}
