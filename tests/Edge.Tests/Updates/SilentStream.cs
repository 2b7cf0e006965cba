namespace ThreeOneOne.Field.Edge.Tests.Updates;

/// <summary>Gives some bytes, then neither more nor an end.</summary>
internal sealed class SilentStream(byte[] bytes) : Stream
{
    private bool isGiven;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (isGiven) await Task.Delay(Timeout.Infinite, cancellationToken);
        isGiven = true;
        bytes.CopyTo(buffer);
        return bytes.Length;
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }
}
