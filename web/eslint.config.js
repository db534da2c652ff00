import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

export default tseslint.config(
  { ignores: ['**/dist/**', '**/node_modules/**', 'packages/types/src/schema.ts', 'packages/api/src/msw/examples.ts', 'packages/hooks/test/seed/**'] },
  ...tseslint.configs.strict,
  ...tseslint.configs.stylistic,
  {
    rules: {
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      'no-console': ['error', { allow: ['warn', 'error'] }],
      eqeqeq: 'error',
      // `void` is what a mutation without variables takes.
      '@typescript-eslint/no-invalid-void-type': 'off',
    },
  },
  { files: ['**/*.{ts,tsx}'], ...reactHooks.configs.flat['recommended-latest'] },
  // Programs that print.
  { files: ['packages/*/examples/**', 'packages/api/test/server/**'], rules: { 'no-console': 'off' } },
);
