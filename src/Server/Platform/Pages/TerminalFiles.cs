using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;
using Microsoft.Net.Http.Headers;
using MyTradeX.Server.Platform.Settings;

namespace MyTradeX.Server.Platform.Pages;

/// <summary>
/// The terminal, a web app of files alone: at <c>/</c> when it was built, else the plain front page. An address that nothing else answers is the app's own to
/// explain, as long as a browser asks for a page.
/// </summary>
internal static class TerminalFiles
{
    const string App = "/index.html";
    const string FrontPage = "/front.html";
    const string Brotli = ".br";
    // The build names these by their content, so what is behind a name never changes.
    const string Hashed = "/assets";
    const string ForEver = "public, max-age=31536000, immutable";
    // Asked for again each time, and answered 304 as long as it is the same.
    const string AskAgain = "no-cache";

    static readonly FileExtensionContentTypeProvider _types = new();

    // Programs look here; one that is lost is told so instead of getting a page.
    static readonly string[] NotPages = ["/api", "/docs", "/openapi", "/asyncapi", "/health", "/socket.io", "/ws", "/dev", "/assets", "/front"];

    /// <summary>Serves the app's own files and, where there is no app, the front page. Before routing, as all files.</summary>
    public static void UseTerminal(this IApplicationBuilder pages)
    {
        if (FolderOf(pages) is not { } folder)
        {
            pages.Use((context, next) =>
            {
                if (context.Request.Path == "/")
                    context.Request.Path = FrontPage;
                return next(context);
            });
            return;
        }
        var files = Files(folder);
        pages.Use((context, next) =>
        {
            if (context.Request.Path == "/")
                context.Request.Path = App;
            PreferCompressed(context, files.FileProvider!);
            return next(context);
        });
        pages.UseStaticFiles(files);
    }

    /// <summary>Answers an address of the app's own with the app. After routing: what an endpoint answers is none.</summary>
    public static void UseTerminalAddresses(this IApplicationBuilder pages)
    {
        if (FolderOf(pages) is not { } folder)
            return;
        var files = Files(folder);
        pages.UseWhen(IsAddressOfTheApp, addresses =>
        {
            addresses.Use((context, next) =>
            {
                context.Request.Path = App;
                PreferCompressed(context, files.FileProvider!);
                return next(context);
            });
            addresses.UseStaticFiles(files);
        });
    }

    static string? FolderOf(IApplicationBuilder pages)
    {
        var services = pages.ApplicationServices;
        var folder = Path.Combine(services.GetRequiredService<IHostEnvironment>().ContentRootPath, services.GetRequiredService<ServerOptions>().TerminalFolder);
        return File.Exists(Path.Combine(folder, App.TrimStart('/'))) ? Path.GetFullPath(folder) : null;
    }

    static bool IsAddressOfTheApp(HttpContext context)
    {
        var request = context.Request;
        return (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)) && context.GetEndpoint() is null && !IsFile(request.Path)
            && !NotPages.Any(start => request.Path.StartsWithSegments(start)) && AcceptsPages(request);
    }

    // By an extension that files have; /trade/BRK.B is none.
    static bool IsFile(PathString path) => _types.TryGetContentType(path.Value!, out _);

    // Named, not by */*: programs accept everything.
    static bool AcceptsPages(HttpRequest request) => request.GetTypedHeaders().Accept.Any(accept => accept.MediaType == "text/html" && accept.Quality != 0);

    static StaticFileOptions Files(string folder)
    {
        var types = new FileExtensionContentTypeProvider();
        types.Mappings[".webmanifest"] = "application/manifest+json";
        return new()
        {
            FileProvider = new PhysicalFileProvider(folder),
            ContentTypeProvider = new BehindBrotli(types),
            OnPrepareResponse = prepared =>
            {
                var headers = prepared.Context.Response.Headers;
                headers.CacheControl = prepared.Context.Request.Path.StartsWithSegments(Hashed) ? ForEver : AskAgain;
                headers.Vary = HeaderNames.AcceptEncoding;
                if (prepared.File.Name.EndsWith(Brotli, StringComparison.Ordinal))
                    headers.ContentEncoding = "br";
            },
        };
    }

    // The build leaves a compressed twin beside each file that gains by it, smaller than what could be made while somebody waits.
    static void PreferCompressed(HttpContext context, IFileProvider files)
    {
        var request = context.Request;
        if (request.GetTypedHeaders().AcceptEncoding.Any(encoding => encoding.Value == "br" && encoding.Quality != 0) && files.GetFileInfo(request.Path + Brotli).Exists)
            request.Path += Brotli;
    }

    /// <summary>A compressed file has the type of what is in it.</summary>
    sealed class BehindBrotli(FileExtensionContentTypeProvider types) : IContentTypeProvider
    {
        public bool TryGetContentType(string subpath, [System.Diagnostics.CodeAnalysis.MaybeNullWhen(false)] out string contentType) =>
            types.TryGetContentType(subpath.EndsWith(Brotli, StringComparison.Ordinal) ? subpath[..^Brotli.Length] : subpath, out contentType);
    }
}
