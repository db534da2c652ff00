using Microsoft.Data.Sqlite;
using Xunit;

namespace MyTradeX.EndToEnd.Tests.Crashes;

/// <summary>History tampered with while the server is down: what the notes are for must notice.</summary>
public sealed class APlantedFault
{
    const string Victim = "(SELECT MAX(id) FROM orders WHERE status = 'FILLED')";

    static readonly (string Plant, string Undo, string Finding)[] Plants =
    [
        ($"UPDATE orders SET user_id = user_id + 1000 WHERE id = {Victim}", "UPDATE orders SET user_id = user_id - 1000 WHERE user_id > 1000", "is not there"),
        ($"UPDATE orders SET client_order_id = client_order_id || 'x' WHERE id = {Victim}", "UPDATE orders SET client_order_id = rtrim(client_order_id, 'x')", "never sent"),
        ($"UPDATE orders SET quantity = quantity + 1000 WHERE id = {Victim}", "UPDATE orders SET quantity = quantity - 1000 WHERE quantity > 1000", "quantity of"),
        ($"UPDATE orders SET price = price + 1000 WHERE id = {Victim}", "UPDATE orders SET price = price - 1000 WHERE price > 10500", "price of"),
        ($"UPDATE orders SET status = 'CANCELLED' WHERE id = {Victim}", "UPDATE orders SET status = 'FILLED' WHERE filled_quantity = quantity", "status of"),
    ];

    [Fact]
    public async Task is_found_by_the_traders_notes()
    {
        using var folder = new DrillFolder();
        await using var venue = await ShortDrill.OpenAsync(folder);
        for (var i = 0; i < 60; i++) await venue.Traders[i % venue.Traders.Count].PlaceAsync(venue.Traders[i % venue.Traders.Count].NextOrder());
        await venue.VerifyAsync();
        foreach (var (plant, undo, finding) in Plants)
        {
            await venue.Server.StopAsync();
            Execute(folder, plant);
            await venue.Server.StartAsync();
            Assert.Contains(finding, (await Assert.ThrowsAsync<BrokenPromiseException>(() => venue.VerifyAsync())).Message, StringComparison.Ordinal);
            await venue.Server.StopAsync();
            Execute(folder, undo);
            await venue.Server.StartAsync();
        }
        await venue.VerifyAsync();
        await venue.VerifyDataAsync();
    }

    static void Execute(DrillFolder folder, string statement)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(folder.Path, "store.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // A constant of this test.
        command.CommandText = statement;
#pragma warning restore CA2100
        Assert.True(command.ExecuteNonQuery() > 0, $"nothing was changed by {statement}");
    }
}
