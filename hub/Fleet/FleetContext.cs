using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.Attachments;
using ThreeOneOne.Field.Hub.Commands;

namespace ThreeOneOne.Field.Hub.Fleet;

/// <summary>What <see cref="FleetCommand"/> works on.</summary>
/// <param name="Access">The data and who asks.</param>
/// <param name="Commands">Limits of commands.</param>
/// <param name="Fleet">When a vehicle needs attention.</param>
/// <param name="Attachments">How files are kept.</param>
public sealed record FleetContext(CommandContext Access, CommandsOptions Commands, FleetOptions Fleet, AttachmentsOptions Attachments);
