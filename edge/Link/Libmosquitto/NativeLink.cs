using System.Runtime.InteropServices;

namespace ThreeOneOne.Field.Link;

/// <summary>Loads and initialises the native library once for the process.</summary>
internal static class NativeLink
{
    private static readonly Lazy<bool> Initialised = new(() =>
    {
        Load(Mosquitto.Library);
        // The counterpart, mosquitto_lib_cleanup, is never called: sessions live as long as the process.
        return Mosquitto.LibInit() == 0;
    });

    /// <exception cref="LinkUnavailableException">The library is not on this machine.</exception>
    public static void Require()
    {
        if (!Initialised.Value) throw new LinkUnavailableException($"{Mosquitto.Library} could not be initialised");
    }

    /// <exception cref="LinkUnavailableException">The library is not on this machine.</exception>
    internal static void Load(string library)
    {
        if (!NativeLibrary.TryLoad(library, out _))
        {
            throw new LinkUnavailableException(
                $"the MQTT library {library} is missing: install the Debian package libmosquitto1 (apt-get install libmosquitto1)");
        }
    }
}
