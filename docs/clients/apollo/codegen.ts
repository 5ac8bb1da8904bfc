import type { CodegenConfig } from '@graphql-codegen/cli';

const config: CodegenConfig = {
  schema: '../../../api/schema.graphql',
  documents: ['src/creators.ts'],
  emitLegacyCommonJSImports: false,
  generates: {
    './src/generated/': {
      preset: 'client',
      presetConfig: { fragmentMasking: false, persistedDocuments: { hashAlgorithm: 'sha256' } },
      config: {
        enumsAsTypes: true,
        useTypeImports: true,
        scalars: { BigInt: 'number', DateTime: 'string', JSON: 'unknown', Region: 'string', _Any: 'unknown' },
      },
    },
  },
};

export default config;
