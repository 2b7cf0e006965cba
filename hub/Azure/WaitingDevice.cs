namespace ThreeOneOne.Field.Hub.Azure;

/// <summary>A device that IoT Hub has otherwise than it should.</summary>
/// <param name="Vehicle">Its id.</param>
/// <param name="Wanted">What it should be: <c>disabled</c>, or <c>enabled</c> with its new certificate.</param>
/// <param name="Since">When that was tried first.</param>
/// <param name="Reason">Why the last try failed.</param>
internal sealed record WaitingDevice(string Vehicle, string Wanted, DateTimeOffset Since, string Reason);
