// What the protocol's official suites ask of a server: docs/engine.io-protocol/v4-test-suite and docs/socket.io-protocol/v5-test-suite of the repository socketio/socket.io.
//   dotnet run --project tests/SocketIO.ConformanceHost -- --urls http://localhost:3000
// and in each suite's folder: npm ci && npm test
using MyTradeX.Protocols.SocketIO;
using MyTradeX.SocketIO.ConformanceHost;

var builder = WebApplication.CreateBuilder(args);
builder.Logging.SetMinimumLevel(LogLevel.Warning);
builder.WebHost.UseDirectSockets();
builder.Services.AddSocketIO(options =>
{
    Configure(options);
    options.ConnectTimeout = TimeSpan.FromSeconds(1);
});

var app = builder.Build();
app.MapEngineIO("/engine.io", _ => new EchoHandler(), Configure);
app.MapSocketIO("/socket.io", io =>
{
    io.OnConnection((socket, _) =>
    {
        socket.Emit("auth", socket.Auth);
        socket.On("message", (e, _) =>
        {
            socket.Emit("message-back", e.ToArray());
            return Task.CompletedTask;
        });
        socket.On("message-with-ack", (e, _) =>
        {
            e.Ack(e.ToArray());
            return Task.CompletedTask;
        });
        return Task.CompletedTask;
    });
    io.Of("/custom").OnConnection((socket, _) =>
    {
        socket.Emit("auth", socket.Auth);
        return Task.CompletedTask;
    });
});
app.Run();

static void Configure(EngineIOOptions options)
{
    options.PingInterval = TimeSpan.FromMilliseconds(300);
    options.PingTimeout = TimeSpan.FromMilliseconds(200);
    options.MaxPayload = 1_000_000;
    options.Cors.Origins.Add("*");
}
