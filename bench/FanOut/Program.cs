using System.Globalization;
using MyTradeX.Bench.FanOut;
using MyTradeX.Bench.FanOut.Measures;
using MyTradeX.Bench.FanOut.Publishing;

// What pushing to many costs: bench/README.md tells how to run it and what it showed. Servers run on processor 0, all load on processor 1.
if (args is [Modes.Serve, .. var rest])
    return await HubHost.RunAsync(rest);
Libc.PinTo(1);
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
int NumberAt(int place, int otherwise) => args.Length > place ? int.Parse(args[place], CultureInfo.InvariantCulture) : otherwise;
string ProcessorsAt(int place) => args.Length > place ? args[place] : "0,1";
switch (args.FirstOrDefault())
{
    case Modes.Compare: await Comparison.RunAsync(rounds: NumberAt(2, 5), subscribers: NumberAt(1, 200)); return 0;
    case Modes.Idle: await IdleMemory.RunAsync(NumberAt(1, 2_000)); return 0;
    case Modes.Venue: await VenueDelay.RunAsync(idle: 0, seconds: NumberAt(1, 15), ProcessorsAt(2)); return 0;
    case Modes.Hold: await VenueDelay.RunAsync(idle: 2_000, seconds: NumberAt(1, 70), ProcessorsAt(2)); return 0;
    default:
        Console.Error.WriteLine($"{Modes.Compare} [subscribers] [rounds] | {Modes.Idle} [connections] | {Modes.Venue} [seconds] | {Modes.Hold} [seconds]");
        return 2;
}
