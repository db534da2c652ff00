using MyTradeX.Simulation.Clients;
using MyTradeX.Simulation.Disks;
using MyTradeX.Store;

namespace MyTradeX.Simulation.Mutants;

sealed record AnAnnouncementAfterItsTransaction() : Mutant("announcements are written after the transaction of rows and checkpoint, and a crash comes between the two")
{
    public override void AfterCrash(Machine machine) =>
        Sql.Change(machine.Disk, "DELETE FROM announcements WHERE sequence = (SELECT sequence FROM projection_checkpoint WHERE id = 1)");
}

sealed record ARelayThatForgetsToDelete() : Mutant("the relay makes messages of announcements and leaves these where they are")
{
    public override void Spoil(SimulatedDisk disk) => Sql.Change(disk, "CREATE TRIGGER keeps BEFORE DELETE ON announcements BEGIN SELECT RAISE(IGNORE); END");
}

sealed record ARelayThatDeletesFirst() : Mutant("the relay deletes an announcement in one transaction and makes messages of it in the next"), IRelay
{
    public int Relay(Database database, int max) => RelayInPieces.Relay(database, max, deletesFirst: true);
}

sealed record ARelayThatDeletesAfterwards() : Mutant("the relay makes messages of an announcement in one transaction and deletes it in the next"), IRelay
{
    public int Relay(Database database, int max) => RelayInPieces.Relay(database, max, deletesFirst: false);
}

/// <summary>A relay for which the announcement and its messages are not one thing.</summary>
static class RelayInPieces
{
    public static int Relay(Database database, int max, bool deletesFirst)
    {
        var waiting = database.ReadAsync(session => session.ListAsync<AnnouncementRow>("SELECT * FROM announcements ORDER BY sequence, idx, user_id LIMIT @max", new { max = (long)max }), default)
            .GetAwaiter().GetResult();
        foreach (var one in waiting)
        {
            if (deletesFirst) Delete(database, one);
            Send(new WebhookStore(database), one);
            if (!deletesFirst) Delete(database, one);
        }
        return waiting.Count;
    }

    static void Delete(Database database, AnnouncementRow one) => database
        .WriteAsync(session => session.ExecuteAsync("DELETE FROM announcements WHERE sequence = @Sequence AND idx = @Idx AND user_id = @UserId", one), default).GetAwaiter().GetResult();

    static void Send(WebhookStore store, AnnouncementRow one)
    {
        foreach (var webhook in store.ListAsync(one.UserId).GetAwaiter().GetResult())
        {
            if (one.Sequence <= webhook.AfterSequence || !webhook.Events.Split(' ').Contains(one.EventType)) continue;
            var message = new WebhookDeliveryRow { WebhookId = webhook.Id, MessageId = FormattableString.Invariant($"msg_{one.Sequence}_{one.Idx}"), EventType = one.EventType, Body = one.Payload };
            store.SendAsync(message, StoreRelay.JobOf).GetAwaiter().GetResult();
        }
    }
}
