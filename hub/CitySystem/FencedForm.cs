using System.Net;

namespace ThreeOneOne.Field.Hub.CitySystem;

/// <summary>
/// A form that isn't sent any more after a time. Between the claim of a push and its first byte a process may stand still for as
/// long as it likes; by then another hub may hold the push. So the clock is asked at the last moment that there is.
/// </summary>
internal sealed class FencedForm(IEnumerable<KeyValuePair<string, string>> fields, DateTimeOffset latest, TimeProvider time) : FormUrlEncodedContent(fields)
{
    public bool IsTooLate { get; private set; }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        Check();
        return base.SerializeToStreamAsync(stream, context, cancellationToken);
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        Check();
        return base.SerializeToStreamAsync(stream, context);
    }

    private void Check()
    {
        if (time.GetUtcNow() <= latest) return;
        IsTooLate = true;
        throw new IOException("too late");
    }
}
