using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Reasoner.Storage;

namespace Reasoner.Server;

/// <summary>The HTTP service.</summary>
public static class ReasonerServer
{
    /// <summary>Composes the service; starting it is the caller's.</summary>
    /// <param name="options">What the operator chose.</param>
    /// <param name="args">Settings of the host, such as <c>--urls http://127.0.0.1:5000</c>.</param>
    /// <param name="store">Where decisions are kept, the caller's to dispose of; null keeps the newest in memory.</param>
    public static WebApplication Build(ServerOptions options, string[] args, IDecisionStore? store = null)
    {
        var builder = WebApplication.CreateBuilder(args);
        ConfigureHost(builder, options);
        AddServices(builder.Services, options, store ?? new MemoryDecisionStore(options.Kept));
        var app = builder.Build();
        app.UseMiddleware<ProblemMiddleware>();
        app.Use(WithHeaders);
        app.UseRouting();
        app.UseRequestTimeouts();
        DecisionEndpoints.Map(app);
        BatchEndpoints.Map(app);
        ReportEndpoints.Map(app);
        ReplayEndpoints.Map(app);
        CounterfactualEndpoints.Map(app);
        DomainEndpoints.Map(app);
        HealthEndpoints.Map(app);
        app.MapOpenApi();
        return app;
    }

    private static void ConfigureHost(WebApplicationBuilder builder, ServerOptions options)
    {
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxConcurrentConnections = options.MaxConnections;
            kestrel.Limits.RequestHeadersTimeout = options.HeadersTimeout;
        });
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);

        // Why the host cannot start is thrown to whoever started it, who says it once and without a trace.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = options.ShutdownTimeout);
    }

    private static void AddServices(IServiceCollection services, ServerOptions options, IDecisionStore store)
    {
        services.AddSingleton(options);
        services.AddSingleton(store);
        services.AddSingleton<DomainHost>();
        services.AddSingleton<DecisionDesk>();
        services.AddSingleton<IdempotencyKeys>();
        services.AddOpenApi(ApiDocument.Configure);
        services.ConfigureHttpJsonOptions(json => ApiDocument.ConfigureSchemas(json.SerializerOptions));
        if (options.LoadAtStart) services.AddHostedService<DomainPreloader>();
        services.AddRequestTimeouts(timeouts => timeouts.DefaultPolicy = new RequestTimeoutPolicy
        {
            Timeout = options.RequestTimeout,
            TimeoutStatusCode = StatusCodes.Status504GatewayTimeout,
            WriteTimeoutResponse = http => ProblemMiddleware.WriteAsync(
                http, ProblemKind.TimedOut.Of($"A request may take {options.RequestTimeout.TotalSeconds:0.###} s, its body included.")),
        });
    }

    /// <summary>Decisions are about people: no cache keeps them, and no browser guesses at their type.</summary>
    private static Task WithHeaders(HttpContext http, RequestDelegate next)
    {
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        return next(http);
    }
}
