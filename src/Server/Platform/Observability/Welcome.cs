namespace MyTradeX.Server.Platform.Observability;

/// <summary>Says on the terminal where to look, once the server listens. In Development only: elsewhere the output is for machines.</summary>
internal static class Welcome
{
    public static void SayWhereToLook(this WebApplication app)
    {
        if (!app.Environment.IsDevelopment())
            return;
        app.Lifetime.ApplicationStarted.Register(() =>
        {
            var address = app.Urls.FirstOrDefault() ?? "http://localhost:3001";
            Console.Out.WriteLine($"""

                The venue is live.
                  {address}         the market
                  {address}/docs    every endpoint, to try
                  Sign in as user@example.com or admin@example.com, password123. Ctrl+C ends it; nothing is lost either way.

                """);
        });
    }
}
