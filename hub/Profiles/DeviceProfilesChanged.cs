namespace ThreeOneOne.Field.Hub.Profiles;

/// <summary>What some vehicle should have has changed.</summary>
public sealed record DeviceProfilesChanged(long Version);
