import type React from 'react';
import { useFileUpload } from './useFileUpload';

// Component usage
export const DocumentUpload = () => {
const { uploadFile, progress, isUploading } = useFileUpload();

const handleFileSelect = async (event: React.ChangeEvent<HTMLInputElement>) => {
const file = event.target.files?.[0];
if (!file) return;

try {
const fileId = await uploadFile(file, (progress) => {
console.log(`Upload progress: ${progress}%`);
});

console.log(`File uploaded with ID: ${fileId}`);
} catch (error) {
console.error('Upload failed:', error);
}
};

return (
<div>
<input
type="file"
onChange={handleFileSelect}
disabled={isUploading}
/>

{isUploading && (
<div>
<p>Uploading... {progress}%</p>
<div style={{ width: '100%', background: '#f0f0f0', borderRadius: '4px' }}>
<div
style={{
width: `${progress}%`,
height: '20px',
background: '#007bff',
borderRadius: '4px',
transition: 'width 0.3s ease'
}}
/>
</div>
</div>
)}
</div>
);
};
