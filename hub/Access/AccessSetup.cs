using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ThreeOneOne.Field.Hub.Access;

public static class AccessSetup
{
    public static IServiceCollection AddAccess(this IServiceCollection services, AccessOptions options)
    {
        services.AddSingleton(options);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(new HubOptions());
        services.AddSingleton<SecondFactor>();
        services.AddSingleton<Credentials>();
        services.AddSingleton<Passwords>();
        services.AddSingleton<SignInLimiter>();
        services.AddSingleton(p => new CallLimiter(p.GetRequiredService<TimeProvider>()));
        services.AddSingleton<KeyRefusals>();
        services.AddSingleton(p => new KeyCheck(p.GetRequiredService<Credentials>(), p.GetRequiredService<KeyRefusals>()));
        services.AddSingleton<CredentialWatch>();
        services.AddHostedService(p => p.GetRequiredService<CredentialWatch>());
        services.AddHostedService<SecondFactorRoles>();
        services.AddHostedService<FirstAdministrator>();
        // The framework tells of every request that is not signed in; that is no news.
        services.AddLogging(logging => logging.AddFilter(typeof(CredentialHandler).FullName, LogLevel.Warning));
        // The core only: AddAuthentication brings data protection, which would leave a key file in somebody's home.
        services.AddAuthenticationCore(o => o.DefaultScheme = CredentialHandler.Scheme).AddWebEncoders();
        new AuthenticationBuilder(services)
            .AddScheme<AuthenticationSchemeOptions, CredentialHandler>(CredentialHandler.Scheme, null);
        services.AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().AddRequirements(new AnonymousRoutes.Requirement()).Build());
        services.AddSingleton<IAuthorizationHandler, PermissionCheck>();
        services.AddSingleton<IAuthorizationHandler, AnonymousRoutes.Check>();
        return services;
    }

    /// <summary>First of all that answers, so that every answer has them.</summary>
    public static IApplicationBuilder UseSecurityHeaders(this IApplicationBuilder app) => app.UseMiddleware<SecurityHeaders>();

    /// <summary>Before every endpoint: who asks, and whether they may.</summary>
    public static IApplicationBuilder UseAccess(this IApplicationBuilder app)
    {
        var watch = app.ApplicationServices.GetRequiredService<CredentialWatch>();
        return app.UseAuthentication()
            .UseMiddleware<CallLimit>()
            .UseMiddleware<SameOriginGuard>()
            .UseAuthorization()
            .Use(next => context => watch.TrackAsync(context, next));
    }

    public static IEndpointRouteBuilder MapAccess(this IEndpointRouteBuilder routes)
    {
        SignInPage.Map(routes);
        SignIn.Map(routes);
        SignInByLink.Map(routes);
        SignOut.Map(routes);
        Me.Map(routes);
        ChoosePassword.Map(routes);
        OwnSecondFactor.Map(routes);
        People.Map(routes);
        Keys.Map(routes);
        AuditReading.Map(routes);
        return routes;
    }
}
