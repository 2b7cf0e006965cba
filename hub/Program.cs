using ThreeOneOne.Field.Hub.Web;

return args switch
{
    ["run", .. var rest] => await RunCommand.RunAsync(rest),
    ["--help" or "-h" or "help"] => Help.Print(Console.Out, 0),
    _ => Help.Print(Console.Error, 2),
};
