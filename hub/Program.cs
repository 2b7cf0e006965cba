using ThreeOneOne.Field.Hub;
using ThreeOneOne.Field.Hub.Access;
using ThreeOneOne.Field.Hub.CitySystem;
using ThreeOneOne.Field.Hub.Enrolment;
using ThreeOneOne.Field.Hub.Fleet;
using ThreeOneOne.Field.Hub.Profiles;
using ThreeOneOne.Field.Hub.Storage;
using ThreeOneOne.Field.Hub.Updates;
using ThreeOneOne.Field.Hub.Web;

return args switch
{
    ["run", .. var rest] => await RunCommand.RunAsync(rest),
    ["keys" or "people" or "audit", ..] => await AccessCommand.RunAsync(args, HubSettings.ForCommand, Console.Out, Console.Error),
    ["enroll" or "enrol" or "revoke" or "authority", ..] =>
        await EnrolmentCommand.RunAsync(args, HubSettings.ForEnrolment, Console.Out, Console.Error, !Console.IsErrorRedirected),
    ["vehicle", ..] => await FleetCommand.RunAsync(args, HubSettings.ForFleet, Console.Out, Console.Error),
    ["backup", .. var rest] => await BackupCommand.RunAsync(rest, a => HubSettings.ForCommand(a)?.Storage, HubApplication.BackupSteps, Console.Out, Console.Error),
    ["restore", .. var rest] => await RestoreCommand.RunAsync(rest, a => HubSettings.ForCommand(a)?.Storage, HubApplication.BackupSteps, Console.Out, Console.Error),
    ["rules", .. var rest] => await RulesCommand.RunAsync(rest, Console.Out, Console.Error, default),
    ["city", .. var rest] => await CityCommand.RunAsync(rest, Console.Out, Console.Error, TimeProvider.System),
    ["outbox", .. var rest] => await OutboxCommand.RunAsync(rest),
    ["import", .. var rest] => await ImportCommand.RunAsync(rest, Console.Out, Console.Error),
    ["update", ..] => await UpdateCommand.RunAsync(args, HubSettings.ForUpdates, Console.Out, Console.Error),
    ["profile", ..] => await ProfileCommand.RunAsync(args, HubSettings.ForCommand, Console.Out, Console.Error),
    ["openapi", .. var rest] => await OpenApiCommand.RunAsync(rest),
    ["--help" or "-h" or "help"] => Help.Print(Console.Out, 0),
    _ => Help.Print(Console.Error, 2),
};
