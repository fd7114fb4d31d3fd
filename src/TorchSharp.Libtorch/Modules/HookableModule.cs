namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>A module that tells others of its calls: <c>call</c> runs the hooks, <c>forward</c> does not.</summary>
        public class HookableModule<TPreHook, TPostHook> : Module
        {
            private protected readonly List<(string Key, TPostHook Hook)> PostHooks = [];

            protected HookableModule(string name)
                : base(name)
            {
            }

            public HookRemover register_forward_hook(TPostHook hook)
            {
                var key = Guid.NewGuid().ToString();
                PostHooks.Add((key, hook));
                return new HookRemover(this, key);
            }

            public class HookRemover(HookableModule<TPreHook, TPostHook> module, string key)
            {
                public void remove() => module.PostHooks.RemoveAll(h => h.Key == key);
            }
        }
    }
}
