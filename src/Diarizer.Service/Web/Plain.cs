using Microsoft.AspNetCore.Http;

namespace Diarizer.Service.Web;

/// <summary>Answers of one sentence.</summary>
internal static class Plain
{
    public static Task AnswerAsync(HttpContext context, int status, string sentence)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(sentence + "\n", context.RequestAborted);
    }
}
