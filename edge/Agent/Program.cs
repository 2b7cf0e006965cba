using ThreeOneOne.Field.Agent;
using ThreeOneOne.Field.Agent.Health;

MemoryKeeper.KeepNativeHeapSmall();
return await AgentProgram.RunAsync(args, Console.Out, Console.Error).ConfigureAwait(false);
