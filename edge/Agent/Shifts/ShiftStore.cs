using System.Text.Json;
using ThreeOneOne.Field.Agent.Outbox;

namespace ThreeOneOne.Field.Agent.Shifts;

/// <summary>The shift's file: it goes on after a restart. A file that cannot be read means off shift.</summary>
internal sealed class ShiftStore(StateFile file)
{
    public Shift? Read()
    {
        try
        {
            return file.Read() is { } bytes ? JsonSerializer.Deserialize(bytes, ShiftJson.Default.Shift) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <exception cref="IOException">The disk did not take it.</exception>
    public void Write(Shift shift) => file.Replace(JsonSerializer.SerializeToUtf8Bytes(shift, ShiftJson.Default.Shift));

    /// <summary>Forgets the shift: its end is a durable record.</summary>
    /// <exception cref="IOException">The disk did not take it.</exception>
    public void Delete() => file.Delete();
}
