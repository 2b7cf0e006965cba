using System.Security.Cryptography;
using ThreeOneOne.Field.Hub.Storage;

namespace ThreeOneOne.Field.Hub.Attachments;

/// <summary>Keeps a file that did not come from a vehicle: a resident's photo. For people of the city only.</summary>
public sealed class KeepFile(AttachmentFiles files, AttachmentStore store)
{
    /// <summary>Stands where a vehicle's file has the vehicle.</summary>
    public const string Resident = "resident";

    /// <summary>Puts it on the disk, durably.</summary>
    /// <param name="type">Media type that its first bytes were checked for.</param>
    /// <param name="bytes">All of it.</param>
    /// <exception cref="IOException">The disk does not take it.</exception>
    public AttachmentUse Write(string type, ReadOnlySpan<byte> bytes)
    {
        // A part of its own for each sending: the same photo may come twice at once.
        var part = new AttachmentUse("r" + RandomNumberGenerator.GetHexString(16, lowercase: true), "", Convert.ToHexStringLower(SHA256.HashData(bytes)), type, bytes.Length, null);
        if (!files.IsWhole(part))
        {
            files.Append(part, 0, bytes);
            if (files.Finish(part) is { } fault) throw new InvalidDataException($"a file that was just written is not what it was: {fault}");
        }

        return part with { Vehicle = Resident };
    }

    /// <summary>Says what it belongs to: <see cref="AttachmentList.OfActions"/> finds it under that name.</summary>
    public void Name(WriteScope scope, string subject, AttachmentUse file)
    {
        store.Name(scope, file with { Action = subject });
        store.Receive(scope, file);
    }

    /// <summary>What belonged to one thing belongs to another.</summary>
    public void Move(WriteScope scope, string from, string to) => store.Move(scope, Resident, from, to);
}
