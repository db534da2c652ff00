using MyTradeX.Cli;
using MyTradeX.Cli.Terminal;

return await CliProgram.RunAsync(args, CliEnvironment.OfProcess());
