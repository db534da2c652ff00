using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Xunit;

namespace MyTradeX.WebSockets.Tests.Transport;

/// <summary>The listener alone: no server accepts but the test.</summary>
public sealed class ListeningForConnections : IAsyncLifetime
{
    readonly WebApplication _app;

    public ListeningForConnections()
    {
        // Never started: it is here for its services.
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseDirectSockets();
        _app = builder.Build();
    }

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    IConnectionListenerFactory Transport => _app.Services.GetServices<IConnectionListenerFactory>().Last();

    public ValueTask InitializeAsync() => default;

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task a_free_port_is_chosen_and_told()
    {
        await using var listener = await Transport.BindAsync(new IPEndPoint(IPAddress.Loopback, 0), Stop);

        Assert.NotEqual(0, ((IPEndPoint)listener.EndPoint).Port);
    }

    [Fact]
    public async Task an_address_that_is_taken_is_told()
    {
        await using var listener = await Transport.BindAsync(new IPEndPoint(IPAddress.Loopback, 0), Stop);

        await Assert.ThrowsAsync<AddressInUseException>(async () => await Transport.BindAsync(listener.EndPoint, Stop));
    }

    [Fact]
    public void what_is_no_internet_address_is_left_to_the_hosts_own_transport()
    {
        var selector = (IConnectionListenerFactorySelector)Transport;

        Assert.True(selector.CanBind(new IPEndPoint(IPAddress.IPv6Any, 80)));
        Assert.False(selector.CanBind(new UnixDomainSocketEndPoint("socket")));
        Assert.False(selector.CanBind(new FileHandleEndPoint(3, FileHandleType.Auto)));
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("0.0.0.0")]
    [InlineData("::")]
    public async Task a_client_of_version_4_is_accepted_and_both_know_the_same_addresses(string address)
    {
        await using var listener = await Transport.BindAsync(new IPEndPoint(IPAddress.Parse(address), 0), Stop);
        using Socket client = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await client.ConnectAsync(IPAddress.Loopback, ((IPEndPoint)listener.EndPoint).Port, Stop);

        await using var connection = await listener.AcceptAsync(Stop);

        var (local, remote) = ((IPEndPoint)connection!.LocalEndPoint!, (IPEndPoint)connection.RemoteEndPoint!);
        Assert.Equal(client.RemoteEndPoint, new IPEndPoint(local.Address.MapToIPv4(), local.Port));
        Assert.Equal(client.LocalEndPoint, new IPEndPoint(remote.Address.MapToIPv4(), remote.Port));
    }

    [Fact]
    public async Task whoever_waits_to_accept_gets_nothing_once_it_is_unbound()
    {
        await using var listener = await Transport.BindAsync(new IPEndPoint(IPAddress.Loopback, 0), Stop);
        var accepting = listener.AcceptAsync(Stop);
        Assert.False(accepting.IsCompleted);

        await listener.UnbindAsync(Stop);

        Assert.Null(await accepting);
        Assert.Null(await listener.AcceptAsync(Stop));
    }

    [Fact]
    public async Task a_client_that_is_gone_before_it_is_accepted_does_not_keep_others_out()
    {
        await using var listener = await Transport.BindAsync(new IPEndPoint(IPAddress.Loopback, 0), Stop);
        using (Socket gone = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { LingerState = new(true, 0) })
            await gone.ConnectAsync(listener.EndPoint, Stop);
        using Socket client = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await client.ConnectAsync(listener.EndPoint, Stop);
        await client.SendAsync("hello"u8.ToArray(), Stop);

        for (var isHere = false; !isHere;)
        {
            await using var connection = await listener.AcceptAsync(Stop);
            Assert.NotNull(connection);
            isHere = client.LocalEndPoint!.Equals(connection.RemoteEndPoint);
            if (!isHere) continue;
            var read = await connection.Transport.Input.ReadAsync(Stop);
            Assert.Equal("hello", Encoding.ASCII.GetString(read.Buffer));
        }
    }
}
