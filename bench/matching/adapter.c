/*
 * The native face of the adapter: starts the .NET runtime in the benchmark's process, loads MyTradeX.Matching.Bench.dll from the folder
 * that this library lies in, and passes the benchmark's calls on to it. Reports go from the managed side straight to the benchmark's queue.
 */
#define _GNU_SOURCE
#include <coreclr_delegates.h>
#include <dlfcn.h>
#include <hostfxr.h>
#include <limits.h>
#include <nethost.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define EXPORT __attribute__((visibility("default")))

/* Filled in by the managed side: see Exports.cs. */
static struct {
    void (*start)(const void *transport, void *queue, const void *discarding);
    void (*stop)(void);
    void (*batch)(const void *messages, uint32_t count);
    void (*new_order)(const void *order);
    void (*cancel)(const void *cancel);
    void (*modify)(const void *modify);
    int64_t (*best_bid)(void);
    int64_t (*best_ask)(void);
    uint64_t (*depth_at)(int64_t price, uint8_t side);
} managed;

static void fail(const char *what, int code)
{
    fprintf(stderr, "mytradex adapter: %s (0x%08x)\n", what, (unsigned)code);
    abort();
}

static void beside_this_library(char *path, size_t size, const char *name)
{
    Dl_info self;
    if (!dladdr((void *)&beside_this_library, &self) || !self.dli_fname) fail("cannot tell where this library lies", 0);
    char real[PATH_MAX];
    if (!realpath(self.dli_fname, real)) fail("cannot tell where this library lies", 0);
    *strrchr(real, '/') = '\0';
    if ((size_t)snprintf(path, size, "%s/%s", real, name) >= size) fail("the path of this library is too long", 0);
}

static void load(void)
{
    char fxr_path[PATH_MAX], config[PATH_MAX], assembly[PATH_MAX];
    size_t size = sizeof fxr_path;
    int code = get_hostfxr_path(fxr_path, &size, NULL);
    if (code) fail("no .NET runtime was found (DOTNET_ROOT names its folder)", code);
    void *fxr = dlopen(fxr_path, RTLD_NOW | RTLD_LOCAL);
    if (!fxr) fail(dlerror(), 0);
    hostfxr_initialize_for_runtime_config_fn initialize = (hostfxr_initialize_for_runtime_config_fn)dlsym(fxr, "hostfxr_initialize_for_runtime_config");
    hostfxr_get_runtime_delegate_fn get_delegate = (hostfxr_get_runtime_delegate_fn)dlsym(fxr, "hostfxr_get_runtime_delegate");
    hostfxr_close_fn close = (hostfxr_close_fn)dlsym(fxr, "hostfxr_close");
    if (!initialize || !get_delegate || !close) fail("the .NET host lacks what this library needs", 0);

    beside_this_library(config, sizeof config, "MyTradeX.Matching.Bench.runtimeconfig.json");
    beside_this_library(assembly, sizeof assembly, "MyTradeX.Matching.Bench.dll");
    hostfxr_handle context = NULL;
    code = initialize(config, NULL, &context);
    if (code < 0 || !context) fail("the .NET runtime did not start", code);
    load_assembly_and_get_function_pointer_fn load_assembly = NULL;
    code = get_delegate(context, hdt_load_assembly_and_get_function_pointer, (void **)&load_assembly);
    if (code || !load_assembly) fail("the .NET runtime gave no loader", code);
    close(context);

    void (*fill)(void *table) = NULL;
    code = load_assembly(assembly, "MyTradeX.Bench.Matching.Exports, MyTradeX.Matching.Bench", "Fill", UNMANAGEDCALLERSONLY_METHOD, NULL, (void **)&fill);
    if (code || !fill) fail("MyTradeX.Matching.Bench.dll could not be loaded", code);
    fill(&managed);
}

/* A transport that takes reports and drops them, for warming up: create, push, drain, flush, destroy. */
static int discard(void *queue, const void *report)
{
    (void)queue;
    (void)report;
    return 1;
}
static const struct { void *create; int (*push)(void *, const void *); void *drain, *flush, *destroy; } discarding = { .push = discard };

EXPORT void engine_init(uint64_t seed, const void *transport, void *queue)
{
    (void)seed;
    if (!managed.start) load();
    managed.start(transport, queue, &discarding);
}

EXPORT void engine_shutdown(void) { managed.stop(); }
EXPORT void engine_on_batch(const void *messages, uint32_t count) { managed.batch(messages, count); }
EXPORT void engine_on_new_order(const void *order) { managed.new_order(order); }
EXPORT void engine_on_cancel(const void *cancel) { managed.cancel(cancel); }
EXPORT void engine_on_modify(const void *modify) { managed.modify(modify); }
EXPORT int64_t engine_query_best_bid(void) { return managed.best_bid(); }
EXPORT int64_t engine_query_best_ask(void) { return managed.best_ask(); }
EXPORT uint64_t engine_query_depth_at(int64_t price, uint8_t side) { return managed.depth_at(price, side); }

/* Every message has been matched and reported by the time its call returns. */
EXPORT void engine_flush(void) { }
