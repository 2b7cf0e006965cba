using ThreeOneOne.Field.Kernel.Tests.Outside;

// Beside the tests, what a guest runs for them: "append FOLDER", "careless FILE".
return args switch
{
    ["append", var folder] => await RowWriter.AppendAsync(folder),
    ["careless", var file] => RowWriter.Careless(file),
    _ => 2,
};
