using ThreeOneOne.Field.Agent;

return await AgentProgram.RunAsync(args, Console.Out, Console.Error).ConfigureAwait(false);
