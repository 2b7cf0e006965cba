using System.Buffers.Text;
using Microsoft.Win32.SafeHandles;

namespace ThreeOneOne.Field.Agent.Iio;

/// <summary>A whole number of a sensor that is asked often: its file stays open, and each look makes the driver measure.</summary>
internal sealed class IioNumber : IDisposable
{
    private readonly SafeFileHandle handle;
    private readonly string path;

    /// <exception cref="IioException">It is not there or may not be read.</exception>
    public IioNumber(IioDevice device, string file)
    {
        path = Path.Combine(device.Folder, file);
        try
        {
            handle = File.OpenHandle(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new IioException($"{path} cannot be read: {e.Message}");
        }
    }

    /// <exception cref="IioException">The sensor does not answer its driver.</exception>
    public int Read()
    {
        Span<byte> text = stackalloc byte[32];
        try
        {
            var read = RandomAccess.Read(handle, text, 0);
            if (Utf8Parser.TryParse(text[..read], out int number, out _)) return number;
        }
        catch (IOException e)
        {
            throw new IioException(IioDevice.Silent(path, e));
        }

        throw new IioException($"{path} says no number");
    }

    public void Dispose() => handle.Dispose();
}
