using ThreeOneOne.Field.Kernel.Tests.Outside;

// Beside the tests, what a guest runs for them: "append FOLDER", "careless FILE"; on a card that lies "lying FOLDER", "flickering FOLDER", "settle FOLDER HUB".
return args switch
{
    ["append", var folder] => await RowWriter.AppendAsync(folder),
    ["careless", var file] => RowWriter.Careless(file),
    ["lying", var folder] => await CardWriter.LieAsync(folder, flickers: false),
    ["flickering", var folder] => await CardWriter.LieAsync(folder, flickers: true),
    ["settle", var folder, var hub] => await CardWriter.SettleAsync(folder, hub),
    _ => 2,
};
